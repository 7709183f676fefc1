// On paper everything is open, and afterwards as it was.
const folded = [];

addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll(":is(.pathway-point__more, .pathway-fold):not([open])")) {
    folded.push(each);
    each.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const each of folded.splice(0)) each.open = false;
});
