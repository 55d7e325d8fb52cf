// How a document looks as HTML, on a screen in both schemes and on paper; kept inside the page, so that nothing is fetched.

/** The style sheet; system fonts only. */
export const HTML_STYLE: string = `
:root{color-scheme:light dark;--ink:light-dark(#1d1b18,#ece8e0);--soft:light-dark(#5b564e,#b3aca0);--paper:light-dark(#fdfcf9,#191816);--line:light-dark(#d9d4ca,#45413a);--accent:light-dark(#1c4f9c,#9dc1ff);--good:light-dark(#1c6336,#8fd6a8);--warn:light-dark(#7a4a00,#f0c27a);--bad:light-dark(#9c1c1c,#ffb0a8)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 Charter,'Sitka Text',Cambria,Georgia,serif}
.dossier{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem;hyphens:auto;overflow-wrap:break-word}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance;break-after:avoid}
h1{font-size:1.9rem;margin:0 0 .25rem}
h2{font-size:1.35rem;margin:2.2rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1.12rem;margin:1.6rem 0 .4rem}
h4{font-size:1rem;margin:1.2rem 0 .3rem}
.subtitle{margin:0 0 1rem;color:var(--soft)}
dl{margin:.6rem 0}
dl>div{display:grid;grid-template-columns:minmax(8rem,30%) 1fr;gap:.2rem 1rem;padding:.35rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
dt{font-weight:600}
dd{margin:0}
.version{font:.9rem/1.5 system-ui,sans-serif}
.draft{border:2px solid var(--bad);padding:.6rem .8rem;color:var(--bad)}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;min-width:30rem;font-size:.94rem}
caption{text-align:left;font-weight:600;padding:.6rem 0 .3rem}
th,td{border:1px solid var(--line);padding:.4rem .55rem;text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--soft)}
tr{break-inside:avoid}
li{margin:.25rem 0}
code{font:.86em/1.4 ui-monospace,'Cascadia Mono','DejaVu Sans Mono',monospace;hyphens:none;overflow-wrap:anywhere;white-space:pre-wrap}
mark{background:none;color:var(--bad);font-weight:700;border-bottom:2px dotted currentcolor}
.callout{border:1px solid var(--line);border-left:.4rem solid var(--accent);padding:.6rem .9rem;margin:1rem 0;break-inside:avoid}
.callout p{margin:.2rem 0}
.callout ul{margin:.2rem 0;padding-left:1.2rem}
.callout-title{font-weight:600}
.callout.risk{border-left-color:var(--warn)}.callout.risk .callout-title{color:var(--warn)}
.callout.missing,.callout.contradiction,.callout.red{border-left-color:var(--bad)}
.callout.missing .callout-title,.callout.contradiction .callout-title,.callout.red .callout-title{color:var(--bad)}
.as-is{hyphens:none;overflow-wrap:anywhere}
.marks{margin-left:.15em;font:.68em/1 system-ui,sans-serif;vertical-align:super}
caption .marks{font-weight:400}
.mark{text-decoration:none;color:var(--accent);padding:.25em .15em}
.mark:hover{text-decoration:underline}
.mark.probe{color:var(--good);font-weight:700}
.mark.declared{color:var(--warn)}
.mark.law{color:var(--soft)}
a:focus-visible,.table:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.notes{font-size:.92rem}
.notes h3{margin:1.1rem 0 .2rem;font-size:1em}
.notes dl{margin:.2rem 0;columns:22rem;column-gap:1.6rem}
.notes dl>div{grid-template-columns:2.4rem 1fr;gap:.6rem;border:0;padding:.12rem 0}
.notes dt{font-family:system-ui,sans-serif;font-size:.85em}
.notes :target{outline:2px solid var(--accent);outline-offset:3px}
@media (max-width:36rem){dl>div{grid-template-columns:1fr}.notes dl>div{grid-template-columns:2.4rem 1fr}}
@media print{:root{color-scheme:light}@page{size:A4;margin:22mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:8.5pt system-ui,sans-serif}}body{font-size:10.5pt;line-height:1.45}.notes :target{outline:0}thead{break-after:avoid}tbody tr:first-child{break-before:avoid}.dossier{max-width:none;padding:0}.mark{color:inherit}.table{overflow:visible}table{min-width:0}.notes{font-size:9pt}.notes dl{columns:2}p,li,dd{orphans:2;widows:2}}
`
  .trim()
  .replaceAll('\n', '')
