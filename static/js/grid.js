// The target sheet: arrows and Enter move between cells, a block copied from a spreadsheet fills cells from the one in focus.
const sheet = document.querySelector("table[data-grid]");

const at = (row, column) => sheet.querySelector(`input[data-row-at="${row}"][data-column-at="${column}"]`);

const place = (cell) => [Number(cell.dataset.rowAt), Number(cell.dataset.columnAt)];

const go = (cell, down, right) => {
  const [row, column] = place(cell);
  const next = at(row + down, column + right);
  if (next) {
    next.focus();
    next.select();
  }
  return Boolean(next);
};

// Left and right leave a cell only from its edge, so that a number can still be mended with the arrows.
const moves = {
  ArrowUp: () => [-1, 0],
  ArrowDown: () => [1, 0],
  Enter: (cell, event) => [event.shiftKey ? -1 : 1, 0],
  ArrowLeft: (cell) => (cell.selectionStart === 0 ? [0, -1] : null),
  ArrowRight: (cell) => (cell.selectionEnd === cell.value.length ? [0, 1] : null),
};

const press = (event) => {
  const cell = event.target.closest("input[data-row-at]");
  const move = cell && moves[event.key];
  const step = move && !event.altKey && !event.ctrlKey && !event.metaKey && move(cell, event);
  if (!step) return;
  // Enter never sends the form from a cell: half a sheet would be saved by accident.
  event.preventDefault();
  go(cell, ...step);
};

const paste = (event) => {
  const cell = event.target.closest("input[data-row-at]");
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!cell || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const [top, left] = place(cell);
  let left_out = 0;
  text.split("\n").forEach((line, down) =>
    line.split("\t").forEach((value, right) => {
      const target = at(top + down, left + right);
      if (target) target.value = value.trim();
      else left_out += 1;
    }),
  );
  say(left_out);
  cell.dispatchEvent(new Event("input", { bubbles: true }));
};

const say = (left_out) => {
  let note = document.getElementById("tempel");
  if (!note) {
    note = document.createElement("p");
    note.id = "tempel";
    note.setAttribute("role", "status");
    sheet.closest(".table-scroll").before(note);
  }
  note.textContent = left_out ? `${left_out} nilai tidak ditempel: di luar lembar ini.` : "Blok ditempel; periksa, lalu simpan.";
};

if (sheet) {
  sheet.addEventListener("keydown", press);
  sheet.addEventListener("paste", paste);
}
