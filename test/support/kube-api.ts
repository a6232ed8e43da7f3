import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../../src/model/manifest.ts';

export interface KubeAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly body: any;
  /** What the API server warns of: for a template, that its pods break Pod Security. */
  readonly warnings: readonly string[];
}

export interface KubeApi {
  get(path: string): Promise<KubeAnswer>;
  remove(path: string): Promise<KubeAnswer>;
  /** Server-side apply, refusing unknown fields. */
  apply(object: Manifest, options: { readonly dryRun: boolean }): Promise<KubeAnswer>;
  create(path: string, object: object, options: { readonly dryRun: boolean }): Promise<KubeAnswer>;
}

const PLURALS: Readonly<Record<string, string>> = {
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
};

/** Where an object is, below the server's address. */
export function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${groupPath(apiVersion)}${namespace}/${plural}/${metadata.name}`;
}

export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The API server of a kubeconfig's first cluster, with its first user's client certificate. */
export function kubeApi(kubeconfig: string): KubeApi {
  const { server, agent } = connectionOf(kubeconfig);
  const send = (method: string, path: string, body?: object, type = 'application/json') =>
    new Promise<KubeAnswer>((done, fail) => {
      const headers = body === undefined ? {} : { 'content-type': type };
      const call = request(new URL(path, server), { method, agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = answer.headers['content-type']?.startsWith('application/json');
          done({
            status: answer.statusCode ?? 0,
            body: isJson ? JSON.parse(text) : text,
            warnings: answer.headersDistinct.warning ?? [],
          });
        });
        answer.on('error', fail);
      });
      call.on('error', fail);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const query = (dryRun: boolean) =>
    `?fieldManager=toolforge-gitops-test&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  return {
    get: (path) => send('GET', path),
    remove: (path) => send('DELETE', path),
    apply: (object, { dryRun }) =>
      send('PATCH', `${pathOf(object)}${query(dryRun)}`, object, 'application/apply-patch+yaml'),
    create: (path, object, { dryRun }) => send('POST', `${path}${query(dryRun)}`, object),
  };
}

function connectionOf(kubeconfig: string): { readonly server: string; readonly agent: Agent } {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8'));
  const [{ cluster }, { user }] = [clusters[0], users[0]];
  const file = (from: Record<string, string>, key: string): Buffer => {
    const inline = from[`${key}-data`];
    if (inline !== undefined) return Buffer.from(inline, 'base64');
    return readFileSync(resolve(dirname(kubeconfig), from[key] as string));
  };
  const agent = new Agent({
    keepAlive: true,
    ca: file(cluster, 'certificate-authority'),
    cert: file(user, 'client-certificate'),
    key: file(user, 'client-key'),
  });
  return { server: cluster.server, agent };
}
