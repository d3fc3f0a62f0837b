/** Icons of types as paths of a canvas. */
import { drawing } from "../entities/icons";

const paths = new Map<string, Path2D | null>();

/** The icon of this name; null where there is none, and the shape stands alone. */
export function icon(name: string): Path2D | null {
  const known = paths.get(name);
  if (known !== undefined) return known;
  const found = drawing(name);
  const made = found && read(found);
  paths.set(name, made);
  return made;
}

/** The elements that an outline icon is made of. */
function read(drawn: Element): Path2D {
  const all = new Path2D();
  for (const element of drawn.querySelectorAll("path, circle, ellipse, rect, line, polyline, polygon")) {
    const number = (name: string) => Number(element.getAttribute(name) ?? 0);
    const path = new Path2D(element.tagName === "path" ? (element.getAttribute("d") ?? "") : undefined);
    const points = (element.getAttribute("points") ?? "")
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    switch (element.tagName) {
      case "circle":
        path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
        break;
      case "ellipse":
        path.ellipse(number("cx"), number("cy"), number("rx"), number("ry"), 0, 0, 2 * Math.PI);
        break;
      case "rect":
        path.roundRect(
          number("x"),
          number("y"),
          number("width"),
          number("height"),
          number("rx") || number("ry"),
        );
        break;
      case "line":
        path.moveTo(number("x1"), number("y1"));
        path.lineTo(number("x2"), number("y2"));
        break;
      case "polyline":
      case "polygon":
        for (let i = 0; i + 1 < points.length; i += 2) path.lineTo(points[i] ?? 0, points[i + 1] ?? 0);
        if (element.tagName === "polygon") path.closePath();
    }
    all.addPath(path);
  }
  return all;
}
