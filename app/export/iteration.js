"use strict";
// Each step stands in the page already; here is only which of them is shown, and what is known by then.
const steps = [...document.querySelectorAll(".step")];
const numbers = [...document.querySelectorAll(".number[data-operation]")];
const marked = [...document.querySelectorAll("[data-mark]")];
const slider = document.querySelector("#position");
const last = steps.length - 1;

function go(to) {
  const position = Math.min(Math.max(to, 0), last);
  steps.forEach((step, number) => { step.hidden = number !== position; });
  for (const number of numbers) {
    number.classList.toggle("later", Number(number.dataset.operation) >= position);
    number.classList.toggle("newest", Number(number.dataset.operation) === position - 1);
  }
  const marks = new Set((steps[position].dataset.marks ?? "").split(" "));
  for (const place of marked) place.classList.toggle("marked", marks.has(place.dataset.mark));
  slider.value = String(position);
  const where = document.querySelector("#where");
  where.textContent = where.dataset.said.replace("{}", position);
  slider.setAttribute("aria-valuetext", where.textContent);
  document.querySelector("#said").textContent = steps[position].querySelector(".sentence").textContent;
  for (const name of ["first", "back"]) document.querySelector(`#${name}`).disabled = position === 0;
  for (const name of ["forward", "last"]) document.querySelector(`#${name}`).disabled = position === last;
}

const here = () => Number(slider.value);
const moves = { first: () => go(0), back: () => go(here() - 1), forward: () => go(here() + 1), last: () => go(last) };
const keys = { Home: "first", ArrowLeft: "back", ArrowRight: "forward", End: "last" };
for (const [name, move] of Object.entries(moves)) document.querySelector(`#${name}`).addEventListener("click", move);
slider.addEventListener("input", () => go(here()));
addEventListener("keydown", (event) => {
  const move = keys[event.key];
  if (!move || event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  moves[move]();
});
document.querySelector("nav").hidden = false;
go(Number(document.querySelector("main").dataset.position));
