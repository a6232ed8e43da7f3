import { BROKEN, configFiles, someImage, someSpec } from '../support/specs.ts';

export const TWO = `components:
  web:
    build: {repository: "https://git.example.org/tools/x", ref: main}
    run: {command: web, port: 8000}
  worker:
    build: {reuse_from: web}
    run: {command: worker}
  bot:
    build: {repository: "https://git.example.org/tools/bot", ref: main}
    run: {command: bot}
  search:
    build: {image: "registry.example.org/toolforge-shared/search:2"}
    run: {command: search}
`;
/** A tool of four components, another, and one in error. */
export const FILES = configFiles(
  { hello: TWO, other: someSpec(), broken: BROKEN },
  `registry: {host: registry.example.org, shared_projects: [toolforge-shared]}\n`,
);
export const [IMAGE, NEXT] = [someImage('hello', 'web', 'a'), someImage('hello', 'web', 'b')];
