/**
 * Lets the person keep something as a file.
 */

/** @param {string} name @param {Blob} content */
export function save(name, content) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Rows as comma separated values. @param {string[]} head @param {(string | number | null)[][]} rows */
export const csv = (head, rows) =>
  new Blob([[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });

/** @param {string | number | null} value */
const cell = (value) => (value === null ? "" : /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** Canvases one below the other on a ground of one colour. @param {HTMLCanvasElement[]} canvases @param {string} ground @returns {Promise<Blob | null>} */
export function png(canvases, ground) {
  const sheet = document.createElement("canvas");
  sheet.width = Math.max(...canvases.map(({ width }) => width));
  sheet.height = canvases.reduce((sum, { height }) => sum + height, 0);
  const context = sheet.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.fillStyle = ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  let top = 0;
  for (const canvas of canvases) {
    context.drawImage(canvas, 0, top);
    top += canvas.height;
  }
  return new Promise((done) => sheet.toBlob(done));
}
