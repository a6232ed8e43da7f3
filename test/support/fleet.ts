/** Files of a config repo with so many tools, small ones. */
export function fleetFiles(tools: number): Record<string, string> {
  const files: Record<string, string> = {
    'cdk8s.yaml': '',
    'tools-config/platform.yaml': 'domain: example.org\n',
  };
  for (let index = 0; index < tools; index += 1) {
    const tool = toolName(index);
    files[`tools-config/${tool}/toolforge.yaml`] = `components: {} # ${index}\n`;
    files[`tools-config/${tool}/images.yaml`] = `# ${index}\n`;
    files[`manifests-out/tools/${tool}/web.yaml`] = `kind: Deployment # ${index}\n`;
    files[`manifests-out/platform/shard-0/${tool}.yaml`] = `kind: Namespace # ${index}\n`;
  }
  return files;
}

/** All of one length, so that repos differ in their number alone. */
export function toolName(index: number): string {
  return `tool-${String(index).padStart(5, '0')}`;
}
