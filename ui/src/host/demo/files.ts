/** Files dragged over a browser's window, told as the desktop tells it. */
import type { MemoryHost } from "../memory";

export function watchFiles(host: MemoryHost) {
  let depth = 0;
  /** Rows of the window's own lists are dragged too; those are no files. */
  const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const drag = (change: number) => (event: DragEvent) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = Math.max(0, depth + change);
    host.emit("dragging", depth > 0);
  };
  window.addEventListener("dragenter", drag(1));
  window.addEventListener("dragleave", drag(-1));
  window.addEventListener("dragover", (event) => files(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    host.emit("dragging", false);
    const names = [...(event.dataTransfer?.files ?? [])].map((file) => file.name);
    host.emit("dropped", { token: "dropped", files: names.length, folders: 0, names: names.slice(0, 20) });
  });
}
