// What is ticked goes into the addresses that lead on from here, and into this page's own, so that whoever reads of one
// service and comes back finds their ticks. Without this the buttons take them along.

const boxes = [...document.querySelectorAll('.finder input[name="keep"]')];

function withTicks(address) {
  const found = new URL(address, location.href);
  found.searchParams.delete("keep");
  for (const box of boxes) if (box.type === "hidden" || box.checked) found.searchParams.append("keep", box.value);
  return found.href;
}

function carry() {
  history.replaceState(history.state, "", withTicks(location.href));
  for (const link of document.querySelectorAll("a[data-keeps]")) link.href = withTicks(link.href);
}

for (const box of boxes) box.addEventListener("change", carry);
