/** What the operating system refused, as an error that a user can repair: one sentence for each code. */
import { UserError } from "../../user-error.ts";

type Sentences = { fact: string; todo: string };

const ELSEWHERE = "Choose another folder.";

/** What holds whichever way the file is used; `read` and `write` where it differs. */
const REFUSALS: Record<string, Sentences | Record<"read" | "write", Sentences>> = {
  ENOENT: {
    read: { fact: "it does not exist.", todo: "Check the path." },
    write: { fact: "its folder does not exist and cannot be created there.", todo: ELSEWHERE },
  },
  EACCES: {
    read: { fact: "permission to read it is denied.", todo: "Allow it to be read, or give a copy." },
    write: { fact: "permission to write there is denied.", todo: "Allow it, or choose another folder." },
  },
  EPERM: {
    read: { fact: "the system does not permit it to be read.", todo: "Allow it to be read, or give a copy." },
    write: { fact: "the system does not permit writing there.", todo: ELSEWHERE },
  },
  ENOTDIR: {
    read: { fact: "a part of this path is a file, not a folder.", todo: "Check the path." },
    write: { fact: "a file is in the way: a part of this path is not a folder.", todo: ELSEWHERE },
  },
  EEXIST: { fact: "a file is in the way.", todo: ELSEWHERE },
  EISDIR: {
    read: { fact: "it is a folder, not a file.", todo: "Give the path of a file." },
    write: { fact: "a folder of this name is in the way.", todo: ELSEWHERE },
  },
  ELOOP: { fact: "its symbolic links lead round in a circle.", todo: "Give the path of the file itself." },
  ENAMETOOLONG: { fact: "the name is too long for the file system.", todo: "Use a shorter name." },
  EROFS: { fact: "the file system is read-only.", todo: ELSEWHERE },
  ENOSPC: { fact: "the disk is full.", todo: "Free some space, or choose another folder." },
  EDQUOT: { fact: "the disk quota is used up.", todo: "Free some space, or choose another folder." },
  EFBIG: { fact: "the file would be larger than the file system allows.", todo: ELSEWHERE },
  EMFILE: { fact: "too many files are open.", todo: "Raise the limit (ulimit -n), and try again." },
  ENFILE: { fact: "too many files are open on this machine.", todo: "Close other programs, and try again." },
  EIO: { fact: "the disk reports an input/output error.", todo: "Copy the file to another disk." },
  EBUSY: { fact: "another program is using it.", todo: "Close that program, and try again." },
  ERR_INVALID_ARG_VALUE: { fact: "the path contains a NUL byte.", todo: "Remove it from the path." },
  ERR_FS_FILE_TOO_LARGE: { fact: "the file is larger than 2 GiB.", todo: "Give a part of it." },
};

/** The same as a `UserError` at `path`; null: the system did not refuse anything, so the defect is ours. */
export function systemError(error: unknown, path: string, doing: "read" | "write"): UserError | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  // Node itself refuses these two before the system is asked.
  const asked = syscall !== undefined || code === "ERR_FS_FILE_TOO_LARGE" || message.includes("without null bytes");
  if (code === undefined || !asked) return null;
  const known = REFUSALS[code];
  if (known) {
    const { fact, todo } = "fact" in known ? known : known[doing];
    return new UserError(fact, todo, path);
  }
  const verb = doing === "read" ? "read" : "written";
  return new UserError(`the system does not let it be ${verb} (${code}).`, "Check the path.", path);
}

/** Does what reads or writes `path`; what the system refuses ends as a `UserError`, with `todo` where that is known better. */
export function refusing<T>(path: string, doing: "read" | "write", action: () => T, todo?: string): T {
  try {
    return action();
  } catch (error) {
    const told = systemError(error, path, doing);
    if (!told) throw error;
    throw todo === undefined ? told : new UserError(told.fact, todo, told.place);
  }
}
