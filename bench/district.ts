// A district's forms as it publishes them, all of invented bodies: 60 departments, two years, so that projects meet again.
import type { Form } from "@jiheng/domain";
import { FIELD_COUNT, variedForm } from "@jiheng/specimens";

const PLACE = "云溪区";
const TEMPLATES = ["national", "shanghai-bureau-a", "anhui", "yunnan", "sichuan-0013zp"];
const YEARS = [2024, 2023];
const MATTERS = [
  "教育",
  "科学技术",
  "民政",
  "人力资源和社会保障",
  "生态环境",
  "水利",
  "农业农村",
  "文化和旅游",
  "卫生健康",
  "应急管理",
  "市场监督管理",
  "城市管理",
];
const BODIES = ["局", "服务中心", "综合执法大队", "发展促进中心", "信息中心"];
const PARTS = ["东片", "西片", "南片", "北片", "城区", "沿河", "山区", "开发区", "老城", "新城"];

/** `departments` × `each` forms, half of each department's in either year: the same projects in both. */
export function districtForms(departments: number, each: number): Form[] {
  const forms: Form[] = [];
  for (let department = 0; department < departments; department++) {
    const matter = MATTERS[department % MATTERS.length] ?? "";
    const body = BODIES[Math.floor(department / MATTERS.length) % BODIES.length] ?? "";
    const name = `${PLACE}${matter}${body}`;
    const projects = Math.ceil(each / YEARS.length);
    for (let index = 0; index < each; index++) {
      const project = index % projects;
      const number = department * projects + project;
      const form = variedForm({
        seed: number * 2 + Math.floor(index / projects) + 1,
        template: TEMPLATES[department % TEMPLATES.length] ?? "national",
        year: YEARS[Math.floor(index / projects)] ?? 2024,
        field: number % FIELD_COUNT,
        place: PLACE,
      });
      const part = PARTS[Math.floor(project / FIELD_COUNT + department) % PARTS.length] ?? "";
      forms.push({
        ...form,
        department: form.department === null ? null : name,
        unit: form.department === null ? name : form.unit,
        project: `${part}${form.project ?? ""}`,
      });
    }
  }
  return forms;
}
