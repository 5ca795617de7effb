// Lists: tick all rows of a page, count the ticked ones, submit filters when a choice changes.
const rows = () => [...document.querySelectorAll("input[data-row]")];

const count = () => {
  const ticked = rows().filter((box) => box.checked).length;
  document.querySelectorAll("[data-ticked]").forEach((place) => (place.textContent = ticked.toLocaleString("id-ID")));
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-rows-all]")) rows().forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-row], [data-rows-all]")) count();
});
count();
