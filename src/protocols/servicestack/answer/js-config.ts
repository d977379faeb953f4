/** `?jsconfig=`: settings of the serializer for one answer. The one that clients of these services use is camel case. */
const OFF = new Set(['false', '0']);

export function isCamelCase(config: string | undefined): boolean {
  if (config === undefined) return false;
  return config.split(',').some((entry) => {
    const [name = '', value = ''] = entry.toLowerCase().split(':');
    const key = name.trim();
    return key === 'emitcamelcasenames' || key === 'eccn'
      ? !OFF.has(value.trim())
      : (key === 'textcase' || key === 'tc') && value.trim() === 'camelcase';
  });
}
