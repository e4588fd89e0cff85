// A table that fits needs no scroll region: its head may then stick to the window instead.

export default function region(box) {
  const watch = new ResizeObserver(() => {
    const fits = box.scrollWidth <= box.clientWidth;
    box.classList.toggle("fits", fits);
    if (fits) box.removeAttribute("tabindex");
    else box.setAttribute("tabindex", "0");
  });
  watch.observe(box);
  watch.observe(box.firstElementChild); // what is unfolded in a cell widens the table, not its box
}
