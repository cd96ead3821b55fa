// Owns where the pictures of an album go: boxes in shares of the album's width and height.

const GAP = 0.006; // of the width
const TALLEST = 1.3; // height of the album over its width

// Gives { height, boxes: [{ left, top, width, height }] }, everything in units of the album's width.
export function arrange(ratios) {
  const clamped = ratios.map((ratio) => Math.min(2, Math.max(0.6, ratio)));
  if ((ratios.length === 3 || ratios.length === 4) && clamped[0] < 1.1) return besideFirst(clamped);
  return inRows(clamped, bestRows(clamped));
}

// One tall picture, the others stacked beside it: as wide as leaves every picture whole.
function besideFirst([first, ...rest]) {
  const stack = rest.reduce((sum, ratio) => sum + 1 / ratio, 0); // height of the stack, were it as wide as the album
  const gaps = GAP * (rest.length - 1);
  const wide = ((1 - GAP) * stack + gaps) / (1 / first + stack);
  const narrow = 1 - wide - GAP;
  const boxes = [{ left: 0, top: 0, width: wide, height: wide / first }];
  let top = 0;
  for (const ratio of rest) {
    boxes.push({ left: wide + GAP, top, width: narrow, height: narrow / ratio });
    top += narrow / ratio + GAP;
  }
  return { height: wide / first, boxes };
}

function inRows(ratios, rows) {
  const boxes = [];
  let top = 0, next = 0;
  for (const count of rows) {
    const row = ratios.slice(next, next + count);
    const height = rowHeight(row);
    let left = 0;
    for (const ratio of row) {
      boxes.push({ left, top, width: ratio * height, height });
      left += ratio * height + GAP;
    }
    top += height + GAP;
    next += count;
  }
  const height = top - GAP;
  const fitted = Math.min(TALLEST, height);
  const squeeze = fitted / height;
  const squeezed = boxes.map((box) => ({ ...box, top: box.top * squeeze, height: box.height * squeeze }));
  return { height: fitted, boxes: squeezed };
}

const rowHeight = (row) => (1 - GAP * (row.length - 1)) / row.reduce((sum, ratio) => sum + ratio, 0);

// The rows whose height comes closest to a square, and whose pictures differ least in size.
function bestRows(ratios) {
  let best = [ratios.length], least = Infinity;
  for (const rows of partitions(ratios.length)) {
    const heights = [];
    let next = 0;
    for (const count of rows) heights.push(rowHeight(ratios.slice(next, (next += count))));
    const total = heights.reduce((sum, height) => sum + height, 0);
    const spread = Math.max(...heights) / Math.min(...heights) - 1;
    const cost = Math.abs(total - 1) + 0.4 * spread + (rows.length === 1 && ratios.length > 3 ? 1 : 0);
    if (cost < least) [best, least] = [rows, cost];
  }
  return best;
}

function* partitions(count, rows = []) {
  if (count === 0) yield rows;
  for (let first = 1; first <= Math.min(4, count) && rows.length < 4; first += 1) {
    yield* partitions(count - first, [...rows, first]);
  }
}
