/** A schema with one of everything that a loader meets. */
export const schema = {
  type: 'object',
  properties: {
    log: {
      type: 'object',
      properties: { level: { type: 'string', default: 'ERROR' }, filePath: { type: 'string' } },
      additionalProperties: false,
    },
    server: {
      type: 'object',
      minProperties: 1,
      properties: {
        port: { type: 'integer', format: 'int32' },
        ratio: { type: 'number' },
        secure: { type: 'boolean' },
        timeout: { type: 'string', format: 'go-duration', default: '30s' },
        hosts: { type: 'array', items: { type: 'string' } },
        mode: { enum: ['fast', 'safe'], type: 'string' },
        TLS: { type: 'object', properties: { key: { type: 'string' } }, default: {} },
      },
      additionalProperties: false,
    },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    routes: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { to: { type: 'string' }, weight: { type: 'integer', default: 1 } },
        additionalProperties: false,
      },
    },
    domains: {
      type: 'array',
      items: {
        type: 'object',
        properties: { main: { type: 'string' }, sans: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
} as const;
