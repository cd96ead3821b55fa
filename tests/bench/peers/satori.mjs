// The slide as satori lays it out and resvg draws it. Arguments: folder with slide.json and the figures, font, calls.
import { readFileSync, writeFileSync } from "node:fs";
import satori from "satori";
import { Resvg } from "@resvg/resvg-js";

const [folder, font, calls] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const slide = JSON.parse(readFileSync(`${folder}/slide.json`, "utf8"));
const box = (style, children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });
const text = (size, words) => box({ fontSize: size, lineHeight: 1.3 }, words);

function page() {
  const figures = slide.figures.map((name, index) => {
    const source = `data:image/png;base64,${readFileSync(`${folder}/${name}`).toString("base64")}`;
    const picture = { type: "img", props: { src: source, style: { width: 560, height: 350 } } };
    return box({ flexDirection: "column", width: 560 }, [picture, text(22, slide.captions[index])]);
  });
  return box({ flexDirection: "column", width: 1920, height: 1080, padding: 56, background: "#f6f5f1", fontFamily: "Inter" }, [
    text(46, slide.title),
    text(22, slide.authors),
    box({ gap: 24 }, [
      box({ flexDirection: "column", width: 560, gap: 24 }, [text(25, slide.question), text(25, slide.idea), text(30, slide.away)]),
      box({ flexWrap: "wrap", gap: 24, width: 1200 }, figures),
    ]),
  ]);
}

const fonts = [{ name: "Inter", data: readFileSync(font), weight: 400, style: "normal" }];
const times = [];
for (let call = 0; call < calls; call += 1) {
  const start = performance.now();
  const svg = await satori(page(), { width: 1920, height: 1080, fonts });
  const png = new Resvg(svg).render().asPng();
  times.push(performance.now() - start);
  writeFileSync(`${folder}/satori.png`, png);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ median: times[Math.floor(times.length / 2)] / 1000 }));
