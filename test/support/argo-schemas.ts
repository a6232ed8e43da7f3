import { z } from 'zod';

/** Fields of custom resources as their definitions have them, as far as we use them; any other is a mistake. */

const annotations = z.record(z.string(), z.string());
const metadata = z.strictObject({
  name: z.string().max(253),
  namespace: z.string().max(63),
  annotations: annotations.optional(),
  labels: annotations.optional(),
});
const destination = z.strictObject({ server: z.url(), namespace: z.string() });
const groupKind = z.strictObject({ group: z.string(), kind: z.string() });
const duration = z.string().regex(/^\d+[smh]$/);

export const appProject = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('AppProject'),
  metadata,
  spec: z.strictObject({
    description: z.string().max(255).optional(),
    sourceRepos: z.array(z.url()),
    destinations: z.array(destination),
    clusterResourceWhitelist: z.array(groupKind),
    namespaceResourceWhitelist: z.array(groupKind),
    roles: z
      .array(
        z.strictObject({
          name: z.string(),
          groups: z.array(z.string()),
          policies: z.array(
            z.string().regex(/^p, proj:[^:]+:[^,]+, (applications|logs), [^,]+, [^,]+, allow$/),
          ),
        }),
      )
      .optional(),
  }),
});

export const application = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Application'),
  metadata,
  spec: z.strictObject({
    project: z.string(),
    source: z.strictObject({
      repoURL: z.url(),
      targetRevision: z.string().startsWith('refs/heads/'),
      path: z.string(),
    }),
    destination,
    info: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
    syncPolicy: z.strictObject({
      automated: z.strictObject({
        prune: z.boolean(),
        selfHeal: z.boolean(),
        allowEmpty: z.boolean().optional(),
      }),
      syncOptions: z.array(z.string().regex(/^[A-Z]\w+=(true|false)$/)),
      retry: z.strictObject({
        limit: z.int(),
        refresh: z.boolean(),
        backoff: z.strictObject({ duration, factor: z.int(), maxDuration: duration }),
      }),
    }),
  }),
});

export const httpRoute = z.strictObject({
  apiVersion: z.literal('gateway.networking.k8s.io/v1'),
  kind: z.literal('HTTPRoute'),
  metadata,
  spec: z.strictObject({
    parentRefs: z.array(
      z.strictObject({ group: z.string(), kind: z.string(), name: z.string(), namespace: z.string() }),
    ),
    hostnames: z.array(z.hostname()),
    rules: z.array(
      z.strictObject({
        matches: z.array(
          z.strictObject({ path: z.strictObject({ type: z.literal('PathPrefix'), value: z.string() }) }),
        ),
        backendRefs: z.array(
          z.strictObject({
            group: z.string(),
            kind: z.string(),
            name: z.string(),
            port: z.int().min(1).max(65_535),
            weight: z.int(),
          }),
        ),
      }),
    ),
  }),
});
