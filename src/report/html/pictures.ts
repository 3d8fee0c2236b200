/** Small pictures of rows on the page, each with a few words. */
import { type Child, h, type Node } from "./h.ts";

export const PICTURES_STYLE = `
.pictures{display:flex;flex-wrap:wrap;gap:.9rem;list-style:none}
.body .pictures{padding:0}
.body .pictures li{margin:0;width:5.5rem;font-size:.8rem;line-height:1.3;color:var(--soft);overflow-wrap:anywhere}
.pictures img{display:block;width:100%;height:auto;image-rendering:pixelated;border:1px solid var(--line);border-radius:4px;margin-bottom:.3rem}
.pictures b{color:var(--ink);font-weight:600}
.changed{display:flex;flex-wrap:wrap;gap:.3rem;margin:.4rem 0}.changed img{image-rendering:pixelated}.changed img:first-child{margin-right:.9rem}
`;

export const image = (src: string, alt: string, width = 88): Node => h("img", { src, alt, width });

/** @property says the words below it. */
export const pictures = (all: { src: string; alt: string; says: Child }[]): Node =>
  h(
    "ul",
    { class: "pictures" },
    all.map(({ src, alt, says }) => h("li", null, image(src, alt), says)),
  );
