/** The files of a package that it is checked by. */
export const manifestName = 'manifest.json';
export const signatureName = 'signature.json';
export const auditName = 'audit.json';
