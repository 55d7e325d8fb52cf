// The style of the HTML report: paper, system fonts, ink that survives a printer.

/** CSS of the page; colours follow the reader's scheme, and print is always dark on white. */
export const HTML_STYLE: string = `
:root{color-scheme:light dark;--paper:light-dark(#fbfaf7,#171614);--ink:light-dark(#211d18,#eeebe6);--soft:light-dark(#5f5951,#b5afa6);--line:light-dark(#e2ded7,#3a3733);--sunken:light-dark(#f2efe9,#24221f);--bad:light-dark(#a3211d,#f2958c);--badsoft:light-dark(#fbe9e7,#4a201d);--good:light-dark(#1f6a35,#85d79a);--goodsoft:light-dark(#e2f4e6,#1c3a26);--warn:light-dark(#7c4f05,#e9c27c)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:60rem;margin:auto;padding:2rem 1.25rem 4rem}
h1,h2{font-family:Charter,"Sitka Text","Noto Serif",Cambria,Georgia,serif;font-weight:500;line-height:1.15}
h1{font-size:2.25rem;margin:0 0 .5rem}h2{font-size:1.4rem;margin:2.5rem 0 .75rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.5rem 0 .25rem}h4{font-size:.95rem;margin:1rem 0 .25rem}
p{margin:.4rem 0;max-width:72ch}.verdict{font:500 1.35rem/1.4 Charter,"Noto Serif",Georgia,serif}
.counts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}.counts .violated b{color:var(--bad)}.counts .met b{color:var(--good)}
.facts,.at,small,figcaption{color:var(--soft);font-size:.85rem}
article{padding:.25rem 0 1rem;border-bottom:1px solid var(--line)}article:last-child{border:0}
.sev{display:inline-block;min-width:5.5rem;font-size:.85rem}.crit,.high{color:var(--bad)}.med{color:var(--warn)}.low,.note{color:var(--soft)}
code,pre,figcaption,.at{font-family:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace}code{font-size:.88em}
figure{margin:.5rem 0;border:1px solid var(--line);border-radius:6px;background:var(--sunken);overflow:hidden}
figcaption{padding:.35rem .75rem;border-bottom:1px solid var(--line)}
pre{margin:0;padding:.4rem 0;font-size:.8rem;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere}pre span{display:block;padding:0 .75rem}
.hit,.del{background:var(--badsoft)}.add{background:var(--goodsoft)}
table{width:100%;border-collapse:collapse;font-size:.9rem}th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}th{font-weight:500;color:var(--soft)}td code{overflow-wrap:anywhere}
li{margin:.2rem 0}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main{max-width:none;padding:0}article,figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}
@page{margin:18mm 16mm}
`
  .replaceAll('\n', '')
  .trim()
