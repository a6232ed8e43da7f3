// npm run bench [-- --tools 3500 --stock 1000]: the commands as processes, the parts of rendering, and a stock cdk8s app
// of the same objects beside it. Prints one table; needs `npm run build` and git. Takes a few minutes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { App, Chart } from 'cdk8s';
import { Tool } from '../constructs/tool.ts';
import { toolFile } from '../src/model/layout.ts';
import type { RenderedFile } from '../src/model/manifest.ts';
import type { Platform } from '../src/model/platform.ts';
import type { ResolvedTool } from '../src/model/resolved-tool.ts';
import { checkPolicy } from '../src/policy/check-policy.ts';
import { checkPlatform } from '../src/spec/check-platform.ts';
import { checkTool } from '../src/spec/check-tool.ts';
import { renderTool } from '../src/synth/render-tool.ts';
import { commandRows } from './commands.ts';
import { fleetFiles, toolName } from './fleet.ts';
import { TABLE_HEAD, tableLine } from './table.ts';

const { values } = parseArgs({
  options: { tools: { type: 'string', default: '3500' }, stock: { type: 'string', default: '1000' } },
});
const folder = mkdtempSync(join(tmpdir(), 'tfg-bench-'));
try {
  bench(Number(values.tools), Number(values.stock));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function bench(count: number, stockCount: number): void {
  const day = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `${day}, node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model}, load ${load}\n`,
  );
  console.log(TABLE_HEAD);
  for (const row of commandRows(folder, count)) console.log(tableLine(row));
  const timed = <T>(work: string, tools: number, action: () => T): T => {
    const from = performance.now();
    const result = action();
    const seconds = (performance.now() - from) / 1000;
    console.log(tableLine({ work, tools, seconds, target: undefined }));
    return result;
  };
  const { platform, tools } = timed('one thread: check and resolve specs', count, () => resolveFleet(count));
  const files = timed('one thread: constructs, objects, YAML', count, () => tools.map(renderTool));
  timed('one thread: hold against policy', count, () => holdAgainstPolicy(files, tools, platform));
  const few = tools.slice(0, stockCount);
  timed('one App a tool, written to disk', few.length, () => {
    for (const tool of few) write(join(folder, 'ours'), renderTool(tool));
  });
  timed('stock cdk8s app: one App, a Chart a tool', few.length, () => stockApp(few).synth());
}

function holdAgainstPolicy(
  files: readonly (readonly RenderedFile[])[],
  tools: readonly ResolvedTool[],
  platform: Platform,
): void {
  for (const [index, tool] of tools.entries()) {
    const found = checkPolicy(files[index] ?? [], { tool: tool.name, platform });
    if (found.length > 0) throw new Error(found[0]?.message);
  }
}

function resolveFleet(count: number): { platform: Platform; tools: readonly ResolvedTool[] } {
  const texts = new Map(fleetFiles(count));
  const source = (file: string) => ({ file, text: texts.get(file) as string });
  const { platform, diagnostics } = checkPlatform(source('tools-config/platform.yaml'));
  if (platform === undefined) throw new Error(diagnostics[0]?.message);
  const tools = Array.from({ length: count }, (_, index) => {
    const name = toolName(index);
    const sources = {
      name,
      spec: source(toolFile(name, 'toolforge.yaml')),
      images: source(toolFile(name, 'images.yaml')),
      tenant: source(toolFile(name, 'tenant.yaml')),
    };
    const checked = checkTool(sources, { platform });
    if (checked.tool === undefined) throw new Error(checked.diagnostics[0]?.message);
    return checked.tool;
  });
  return { platform, tools };
}

function write(root: string, files: readonly RenderedFile[]): void {
  for (const { path, text } of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function stockApp(tools: readonly ResolvedTool[]): App {
  const app = new App({ outdir: join(folder, 'stock') });
  for (const tool of tools)
    new Tool(new Chart(app, tool.name, { disableResourceNameHashes: true }), 'tool', { tool });
  return app;
}
