"use strict";
// Sorts, filters and pages the map. All text goes in as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const get = (id) => document.getElementById(id);
const body = get("table").tBodies[0];
const functions = [...get("function").options].slice(1).map((o) => o.value);
let page = 0;

const points = (v) => (v === null ? "–" : String(Math.floor(v * 100 + 1e-6) / 100));
const share = (row) => (row[2] === null || !row[3] ? -1 : row[2] / row[3]);

function chosen() {
  const name = get("name").value.toLocaleLowerCase();
  const column = functions.indexOf(get("function").value);
  const wanted = get("state").value;
  const state = Object.keys(data.codes).find((code) => data.codes[code] === wanted && wanted);
  const fits = (states) => (column < 0 ? states : states[column]).includes(state);
  const found = data.rows.filter(
    (row) => row[0].toLocaleLowerCase().includes(name) && (!state || fits(row[4])),
  );
  const order = get("order").value;
  if (order !== "name") {
    const sign = order === "low" ? 1 : -1;
    found.sort((a, b) => sign * (share(a) - share(b)));
  }
  return found;
}

function linked([name, address]) {
  const link = document.createElement("a");
  const isolated = document.createElement("bdi");
  link.href = address;
  isolated.textContent = name;
  link.append(isolated);
  return link;
}

function line(student) {
  const [, , score, of, states, earned] = student;
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.append(linked(student));
  row.append(head);
  const total = row.insertCell();
  total.className = "n";
  total.textContent = `${points(score)} / ${points(of)}`;
  [...states].forEach((code, n) => {
    const state = data.codes[code];
    const cell = row.insertCell();
    cell.className = `c ${state}`;
    cell.textContent = data.marks[state];
    if (state) cell.title = `${data.words[state]}: ${points(earned[n])} of ${points(data.worth[n])}`;
  });
  return row;
}

function draw() {
  const found = chosen();
  const last = Math.max(0, Math.ceil(found.length / data.size) - 1);
  page = Math.min(Math.max(page, 0), last);
  const start = page * data.size;
  const shown = found.slice(start, start + data.size);
  body.replaceChildren(...shown.map(line));
  get("back").disabled = page === 0;
  get("on").disabled = page === last;
  get("back").hidden = get("on").hidden = last === 0;
  get("count").textContent = found.length
    ? `${start + 1} to ${start + shown.length} of ${found.length}`
    : "nobody";
}

for (const id of ["name", "function", "state", "order"]) {
  get(id).addEventListener("input", () => { page = 0; draw(); });
}
get("back").addEventListener("click", () => { page -= 1; draw(); });
get("on").addEventListener("click", () => { page += 1; draw(); });
for (const details of document.querySelectorAll("details[data-who]")) {
  details.addEventListener("toggle", () => {
    const places = details.dataset.who.split(",").slice(0, -1);
    const names = places.flatMap((place) => [linked(data.rows[place]), " "]);
    details.querySelector(".names").append(...names);
  }, { once: true });
}
get("controls").addEventListener("submit", (event) => event.preventDefault());
get("controls").hidden = false;
if (data.rows.length > data.size) draw();
else get("back").hidden = get("on").hidden = true;
