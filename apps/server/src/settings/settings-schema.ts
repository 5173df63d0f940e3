import type { JsonSchema } from '@candor/schema';

/** Log levels, the quietest last. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const texts = { type: 'array', items: { type: 'string' } } as const;

/** All settings, in a file, by flags and by environment variables. The documentation is generated from it. */
export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    listen: {
      type: 'string',
      default: '127.0.0.1:7390',
      description:
        'Address and port (`0.0.0.0:7390`, `[::]:7390`; port 0 takes a free one), or `unix:/path`.',
    },
    basePath: {
      type: 'string',
      default: '/',
      description: 'Path below which everything but `/healthz` and `/readyz` is served.',
    },
    data: {
      type: 'string',
      default: '.data/server',
      description: 'Folder of the embedded database and of the files of products, `products/NAME/`.',
    },
    store: {
      type: 'string',
      description:
        '`sqlite:FILE`, or `postgres://…` or `clickhouse://…` (`clickhouses://` with TLS, `?cluster=NAME` for a cluster) for several servers on one database; `candor.sqlite` in the data folder when left out.',
    },
    tokenHashes: {
      ...texts,
      default: [],
      description:
        'SHA-256 of each token that opens the numbers; `candor-server token` makes one. Without any, numbers are for programs on this machine.',
    },
    proxyCount: {
      type: 'integer',
      default: 0,
      description: 'How many proxies stand in front and add to `X-Forwarded-For`.',
    },
    proxies: {
      ...texts,
      default: [],
      description: 'Addresses and networks of the proxies in front, in place of their number.',
    },
    retention: {
      type: 'integer',
      default: 35,
      description: 'Days after which reports are no longer kept one by one.',
    },
    workers: {
      type: 'integer',
      default: 1,
      description: 'Processes that take reports; one more writes the store when there are several.',
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'What a network (IPv4 /24, IPv6 /48) may do, and how large a report may be.',
      properties: {
        requestsPerMinute: {
          type: 'integer',
          default: 120,
          description: 'Requests of a network in a minute.',
        },
        countedPerDay: {
          type: 'integer',
          default: 100,
          description:
            'Reports of a network and product that count in a day; those beyond are accepted and do not count.',
        },
        compressedBytes: { type: 'integer', default: 65_536, description: 'Bytes of a body as it is sent.' },
        inflatedBytes: {
          type: 'integer',
          default: 262_144,
          description: 'Bytes of a body after decompression.',
        },
      },
    },
    products: {
      type: 'object',
      default: {},
      description: 'What is to be known of a product beside its field lists, by its name.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        description: 'A product.',
        properties: {
          releases: {
            ...texts,
            default: [],
            description:
              'Versions that were released; others count by their name only when enough networks sent them.',
          },
          stopped: {
            ...texts,
            default: [],
            description: 'Ranges of versions, such as `<1.4` or `*`, whose senders are told to stop.',
          },
          sampled: {
            type: 'object',
            additionalProperties: { type: 'number' },
            default: {},
            description:
              'The share of reports that is kept, by range of versions: `{ "<1.4" = 0.1 }`. The others are acknowledged, not kept, and in no number.',
          },
          questions: {
            type: 'array',
            items: texts,
            default: [],
            description:
              'Crosses that are kept for good: `["providers"]` is each value at or below that path by version, `["providers", "api"]` by what is below the other path, `["providers", "*"]` by everything.',
          },
          public: {
            type: 'boolean',
            default: false,
            description:
              'Publishes closed weeks with noise at `/public/NAME`, for everybody: versions, and the members of each first path of `questions`.',
          },
          publicFields: {
            type: 'boolean',
            description:
              'Shows everybody at `/collected?product=NAME` what is collected, with the box where a configuration is tried. When left out, as `public`, and true of the lists of Traefik that come with the server.',
          },
          retired: {
            ...texts,
            default: [],
            description:
              'Digests of field lists that were withdrawn: their senders stop until the next version.',
          },
        },
      },
    },
    traefik: {
      type: 'boolean',
      default: false,
      description: 'Takes reports about Traefik 2.11 and 3.7, also in the format of Traefik itself.',
    },
    allowBackdating: {
      type: 'boolean',
      default: false,
      description: 'Lets senders choose the day of a report, without limits; for demonstrations only.',
    },
    logLevel: { enum: [...logLevels], default: 'info', description: 'JSON lines on stderr.' },
  },
};
