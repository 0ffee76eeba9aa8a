/** Makes an element. Attributes that are null or false are left out; children may be strings, and nulls are skipped. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Sets a text only if it is another one, so that live regions speak of changes only. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/**
 * A table whose first column heads its rows.
 *
 * @param columns names; those that begin with # are of numbers
 * @param rows arrays of cells: text or elements
 */
export function table(caption, columns, rows, classOfRow = () => null) {
  const number = (column) => (column.startsWith("#") ? "number" : null);
  const name = (column) => column.replace("#", "");
  const head = columns.map((column) => element("th", { scope: "col", class: number(column) }, name(column)));
  const body = rows.map((row) =>
    element("tr", { class: classOfRow(row) }, ...row.map((cell, i) => i === 0
      ? element("th", { scope: "row" }, ...[cell].flat())
      : element("td", { class: number(columns[i]) }, cell))));
  return element("table", {},
    element("caption", { class: "hidden-text" }, caption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...body));
}

/**
 * Makes the children of a live element what they are to be, keeping the elements there are: whoever reads or selects them
 * is not thrown out each second.
 */
export function renew(target, ...wanted) {
  wanted.forEach((fresh, i) => {
    const old = target.childNodes[i];
    if (old === undefined) {
      target.append(fresh);
    } else {
      change(old, fresh);
    }
  });
  while (target.childNodes.length > wanted.length) {
    target.lastChild.remove();
  }
}

function change(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
    setText(old, fresh.textContent);
  } else if (old.nodeName !== fresh.nodeName || old.dataset?.fill !== fresh.dataset?.fill) {
    old.replaceWith(fresh);
  } else {
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
      }
    }
    [...old.attributes].filter(({ name }) => !fresh.hasAttribute(name)).forEach(({ name }) => old.removeAttribute(name));
    renew(old, ...fresh.childNodes);
  }
}
