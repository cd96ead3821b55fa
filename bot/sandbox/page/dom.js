// Owns making elements. Text only ever becomes text nodes.

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const rule of Object.entries(value)) element.style.setProperty(...rule);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

const HUES = [212, 340, 152, 28, 268, 190, 8];

export function paintAvatar(element, title, seed) {
  const hue = HUES[Math.abs(Number(seed)) % HUES.length];
  element.style.setProperty("--hue", hue);
  element.textContent = [...title].slice(0, 1).join("").toUpperCase();
}

export function nameHue(seed) {
  return HUES[Math.abs(Number(seed)) % HUES.length];
}
