// On a phone a row of a table is a card (hearth.css); each cell then says which column it is of. Without this script a
// row still reads from top to bottom, only without those words.

function label(table) {
  const words = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  for (const row of table.tBodies[0].rows) {
    for (const cell of row.cells) {
      if (cell.tagName === "TD" && cell.colSpan === 1) cell.dataset.label = words[cell.cellIndex] || "";
    }
  }
}

function labelAll(around) {
  around.querySelectorAll(".app-table--cards").forEach(label);
}

labelAll(document);
document.addEventListener("htmx:load", (event) => labelAll(event.target));
