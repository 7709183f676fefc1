// What is ticked goes into the addresses that lead on from here, and into this page's own, so that whoever reads of one
// service and comes back finds their ticks; and how many are on the list is in sight. Without this the buttons take them along.

const boxes = [...document.querySelectorAll('.finder input[name="keep"]')];
const list = document.querySelector(".finder [data-list]");

const kept = () => boxes.filter((box) => box.type === "hidden" || box.checked);

function withTicks(address) {
  const found = new URL(address, location.href);
  found.searchParams.delete("keep");
  for (const box of kept()) found.searchParams.append("keep", box.value);
  return found.href;
}

function carry() {
  history.replaceState(history.state, "", withTicks(location.href));
  for (const link of document.querySelectorAll("a[data-keeps]")) link.href = withTicks(link.href);
  const many = kept().length;
  list.hidden = many === 0;
  list.querySelector("[data-count]").textContent = many === 1 ? "1 service" : `${many} services`;
}

for (const box of boxes) box.addEventListener("change", carry);
