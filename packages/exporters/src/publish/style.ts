import { FORM_STYLE } from "../writers/html.ts";

/** The stylesheet of the site: restrained, dense lists, forms in their own typography; light, dark and print. */
export const SITE_STYLE = `:root{color-scheme:light dark;--ink:#1b1f24;--soft:#4d5661;--ground:#fff;--panel:#f3f5f7;--line:#c9d0d8;--link:#00458a;--strong:#7a1f12;--focus:#b35900}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#b4bcc6;--ground:#15181c;--panel:#1f242a;--line:#454d57;--link:#8ab8f0;--strong:#ffb3a3;--focus:#ffb454}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.2em}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,.scroll:focus-visible,.jh-scroll:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-100rem;top:0;background:var(--ground);padding:.6rem 1rem;z-index:2}
.skip:focus{left:0}
header.top,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header.top{display:flex;flex-wrap:wrap;gap:.2rem 2rem;align-items:baseline;border-bottom:1px solid var(--line);padding-top:.6rem;padding-bottom:.6rem}
header.top .site{margin:0;font-weight:600}
header.top .site a{color:inherit;text-decoration:none}
header.top ul,.trail ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:0;padding:0}
header.top li a,.trail a,.downloads a{display:inline-block;padding:.15rem 0;min-height:24px}
[aria-current]{font-weight:600;text-decoration-thickness:2px}
.trail{margin-top:.8rem;font-size:.875rem}
.trail li+li::before{content:"›";margin-right:1.4rem;color:var(--soft)}
main{padding-top:.6rem;padding-bottom:2rem;outline:0}
h1{font-size:1.5rem;line-height:1.35;margin:.8rem 0}
h2{font-size:1.2rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p{margin:.5rem 0}
.soft{color:var(--soft)}.blank{color:var(--soft)}.differs{color:var(--strong);font-weight:600}
dl.figures{display:flex;flex-wrap:wrap;gap:.8rem 2.4rem;margin:1rem 0;padding:0}
dl.figures div{display:flex;flex-direction:column-reverse}
dl.figures dt{font-size:.875rem;color:var(--soft)}
dl.figures dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;margin:.8rem 0}
table.list{border-collapse:collapse;width:100%;font-size:.9375rem}
table.list caption{text-align:left;font-weight:600;padding:.3rem 0}
table.list th,table.list td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top;font-weight:normal}
table.list thead th{font-weight:600;background:var(--panel);white-space:nowrap}
table.list .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
table.list tbody th{min-width:12em}
table.list td.how{min-width:18em}
.search{background:var(--panel);border:1px solid var(--line);padding:.8rem 1rem;margin:1rem 0}
.search .fields{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end}
.search .fields>div{max-width:100%}
.search label{display:block;font-size:.875rem}
.search input,.search select{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);padding:.3rem .5rem;min-height:2.2rem;max-width:100%}
.search input{width:22rem}.search select{max-width:16rem}
.search #results{list-style:none;margin:.6rem 0 0;padding:0}
.search #results li{padding:.35rem 0;border-top:1px solid var(--line)}
.search #results small{color:var(--soft);display:block}
ul.pages,ul.downloads{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:.6rem 0}
ul.plain{padding-left:1.2rem}
figure{margin:0;min-width:0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));gap:1.6rem;align-items:start}
figure .paper{background:#fff;border:1px solid var(--line);padding:.4rem}
figure svg{max-width:100%;height:auto;display:block}
figcaption{font-weight:600;margin-bottom:.3rem}
details{margin:.4rem 0}summary{cursor:pointer;min-height:24px}
sup a{text-decoration:none;padding:0 .2em}
ol.basis{font-size:.875rem}
.sheet .jh-title{border:0;padding:0}
.sheet{background:#fff;color:#000;border:1px solid var(--line);padding:1rem;font-family:"仿宋_GB2312",FangSong,STFangsong,"Noto Serif SC",serif;font-size:.9375rem}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.875rem;padding-bottom:2rem}
@media print{header.top nav,.trail,.skip,.search,.downloads,footer{display:none}.sheet{border:0;padding:0}body{background:#fff;color:#000}}
@page{size:A4;margin:16mm 18mm}@page landscape{size:A4 landscape;margin:16mm 18mm}
${FORM_STYLE}
`;
