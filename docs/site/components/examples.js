/** What the playground begins with: one schema in two languages, and a configuration for it. */
export const examples = {
  json: `{
  "type": "object",
  "export": true,
  "properties": {
    "listen": { "type": "string", "export": "port" },
    "log": {
      "type": "object",
      "export": true,
      "properties": {
        "level": { "enum": ["debug", "info", "error"], "export": true },
        "file": { "type": "string" }
      }
    },
    "cacheSize": {
      "type": "integer",
      "export": { "bucket": [10, 100, 1000] }
    },
    "motd": { "type": "string", "export": "text" },
    "sites": {
      "type": "object",
      "export": true,
      "additionalProperties": {
        "type": "object",
        "export": true,
        "properties": { "tls": { "type": "boolean", "export": true } }
      }
    },
    "adminPassword": { "type": "string" }
  }
}`,
  zod: `z.object({
  listen: z.string().meta({ export: 'port' }),
  log: z.object({
    level: z.enum(['debug', 'info', 'error']).meta({ export: true }),
    file: z.string(),
  }).meta({ export: true }),
  cacheSize: z.int().meta({ export: { bucket: [10, 100, 1000] } }),
  motd: z.string().meta({ export: 'text' }),
  sites: z.record(
    z.string(),
    z.object({ tls: z.boolean().meta({ export: true }) }).meta({ export: true }),
  ).meta({ export: true }),
  adminPassword: z.string(),
}).meta({ export: true })`,
  configuration: `listen = "10.1.2.3:8443"
cacheSize = 250
motd = "ask ops@example.org, or see https://wiki.example.org"
adminPassword = "hunter2"

[log]
level = "debug"
file = "/home/alice/app.log"

[sites.intranet]
tls = true

[sites.shop]
tls = false
`,
};
