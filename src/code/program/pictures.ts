/** A folder of pictures in Python: the same rows, in the same order, resized to the same size. */
import { python } from "../snippets/python.ts";
import type { Subject } from "./subject.ts";

export const PICTURE_IMPORTS = ["from pathlib import Path", "from PIL import Image"];

export function readPictures({ shape: [height, width, channels], classes }: Subject): string {
  const grey = channels === 1;
  return `def read(folder):
    x, y = [], []
    for label, name in enumerate(${python([...classes])}):
        for path in sorted(Path(folder, name).iterdir()):
            if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".tif", ".tiff", ".avif"):
                picture = Image.open(path).convert("${grey ? "L" : "RGB"}").resize((${width}, ${height}), Image.LANCZOS)
                x.append(np.asarray(picture, np.float32))
                y.append(label)
    return np.stack(x)${grey ? "[..., None]" : ""}, np.array(y)`;
}
