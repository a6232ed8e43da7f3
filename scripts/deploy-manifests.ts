// Writes deploy/service.yaml, the manifests of the service itself.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEPLOY_FILE, renderDeploy } from '../src/synth/render-deploy.ts';
import { VERSION } from '../src/version.ts';

mkdirSync(dirname(DEPLOY_FILE), { recursive: true });
writeFileSync(DEPLOY_FILE, renderDeploy(VERSION).text);
