// npm run bench [-- --tools 3500 --stock 1000]: how long rendering takes, beside a stock cdk8s app of the same objects.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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
import { fleetFiles, toolName, writeFleet } from './fleet.ts';

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
  console.log(
    `node ${process.version}, ${availableParallelism()} cores, ${count} tools of 1 to 3 components\n`,
  );
  const { platform, tools } = timed('check and resolve the specs', () => resolveFleet(count));
  const files = timed('render: constructs, objects, YAML', () => tools.map(renderTool));
  timed('hold against policy', () => {
    for (const [index, tool] of tools.entries()) {
      const found = checkPolicy(files[index] ?? [], { tool: tool.name, platform });
      if (found.length > 0) throw new Error(found[0]?.message);
    }
  });
  const objects = files.flat().reduce((sum, file) => sum + file.objects.length, 0);
  const bytes = files.flat().reduce((sum, file) => sum + file.text.length, 0);
  console.log(`${objects} objects, ${(bytes / 2 ** 20).toFixed(1)} MiB\n`);
  wholeProcess(count);
  besideStock(tools.slice(0, stockCount));
}

function timed<T>(what: string, work: () => T): T {
  const from = performance.now();
  const result = work();
  report(what, performance.now() - from);
  return result;
}

function report(what: string, milliseconds: number): void {
  console.log(`${(milliseconds / 1000).toFixed(3).padStart(9)} s  ${what}`);
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

/** The command as people run it, start included. */
function wholeProcess(count: number): void {
  const program = resolve('dist/main.js');
  if (!existsSync(program)) {
    console.log('(no dist/main.js: npm run build times the command as well)\n');
    return;
  }
  const repo = join(folder, 'repo');
  writeFleet(repo, count);
  const synth = () =>
    execFileSync(process.execPath, [program, 'synth', '-C', repo, '--quiet'], { stdio: 'pipe' });
  timed('toolforge-gitops synth, nothing rendered before', synth);
  timed('toolforge-gitops synth, nothing changed', synth);
  console.log();
}

function besideStock(tools: readonly ResolvedTool[]): void {
  console.log(`${tools.length} tools, the same constructs, written to disk:`);
  const ours = join(folder, 'ours');
  const from = performance.now();
  for (const tool of tools) write(ours, renderTool(tool));
  const mine = performance.now() - from;
  report('one App a tool', mine);
  const stockFrom = performance.now();
  stockApp(tools).synth();
  const stock = performance.now() - stockFrom;
  report('stock cdk8s app: one App, a Chart a tool', stock);
  console.log(`${(stock / mine).toFixed(1).padStart(9)} ×`);
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
