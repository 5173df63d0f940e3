/** What reporting does: sends reports, writes them to the audit log only, or nothing at all. */
export type Mode = 'on' | 'local' | 'off';

/** What decided the mode. */
export type DecidedBy =
  | 'DO_NOT_TRACK'
  | 'continuous integration'
  | 'configuration'
  | 'operator'
  | 'development version'
  /** The kept state cannot be read, understood or trusted. */
  | 'unreadable state'
  | 'nobody';

/** The names of the host's consent setting, for messages; its values are on, local, off, true and false. */
export interface ConsentSettings {
  /** In a configuration file, such as `global.sendAnonymousUsage`. */
  readonly file: string;
  /** On the command line, such as `--global.sendAnonymousUsage`. */
  readonly flag: string;
  /** In the environment, such as `GATEWAY_GLOBAL_SENDANONYMOUSUSAGE`. */
  readonly variable: string;
}

/**
 * Which rules the host turns off: that nothing is reported from continuous integration, and that a development version
 * writes to the audit log only.
 */
export type Force = boolean | 'continuous integration' | 'development version';
