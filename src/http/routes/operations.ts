import type { Api } from '../api.ts';
import { json, type Route } from '../route.ts';

/** For the cluster and for operators; who may reach them is for the network to say. */
export function operationsRoutes(api: Api, openApiDocument: () => unknown): readonly Route[] {
  return [
    {
      ...common,
      path: '/healthz',
      operationId: 'healthz',
      summary: 'Whether the process lives',
      handle: async () => json({ status: 'ok' }),
    },
    {
      ...common,
      path: '/readyz',
      operationId: 'readyz',
      summary: 'Whether the config repo can be read',
      async handle() {
        await api.service.heads.at();
        return json({ status: 'ok' });
      },
    },
    {
      ...common,
      path: '/metrics',
      operationId: 'metrics',
      summary: 'For Prometheus',
      responses: { 200: { description: 'Metrics as text.', mediaType: 'text/plain' } },
      async handle() {
        const headers = { 'content-type': api.metrics.contentType };
        return new Response(await api.metrics.text(), { headers });
      },
    },
    {
      ...common,
      path: '/openapi.json',
      operationId: 'openapi',
      summary: 'This document',
      handle: async () => json(openApiDocument()),
    },
  ];
}

const common = {
  method: 'GET',
  security: 'none',
  responses: { 200: { description: 'As it says.' } },
  problems: [],
} as const;
