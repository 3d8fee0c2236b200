/** The pool of worker threads keeps to what every implementation of Jobs keeps to. */
import { loadDataset } from "../../src/data/node/load.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { jobsConform } from "./jobs.ts";

jobsConform("worker threads", () => localJobs((plan, folder) => loadDataset(plan, folder!), 2));
