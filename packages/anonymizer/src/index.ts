export { createAnonymizer, type Anonymizer, type AnonymizerOptions } from './create-anonymizer.js';
export { createExplainer } from './create-explainer.js';
export { AnonymizerError, type AnonymizerErrorCode } from './anonymizer-error.js';
export { createVerifier, type Verified, type Verify, type VerifyOptions } from './create-verifier.js';
export type { Remark } from './explain.js';
export { reasonText } from './reason-text.js';
export type { Action, Reason } from './apply/result-node.js';
export { findSecrets, scrub, type Finding, type ScrubOptions } from './scrub/scrub.js';
