import { fieldTree, type FieldList, type Json } from '@candor/schema';
import { expectTypeOf, test } from 'vitest';
import { createAnonymizer, createVerifier, type Remark } from '../src/index.js';

test('a schema or its tree makes an anonymizer that takes any value', () => {
  expectTypeOf(createAnonymizer).toBeCallableWith({ type: 'object' }, { deny: ['a.*'] });
  expectTypeOf(createAnonymizer).toBeCallableWith(fieldTree({ type: 'object' }));
  const anonymizer = createAnonymizer({ type: 'object' });
  expectTypeOf(anonymizer.anonymize).toEqualTypeOf<(config: unknown) => Json>();
  expectTypeOf(anonymizer.explain).returns.toEqualTypeOf<Remark[]>();
});

test('a field list alone makes a verifier', () => {
  expectTypeOf(createVerifier).parameters.toEqualTypeOf<[list: FieldList]>();
  expectTypeOf(createVerifier).returns.toBeCallableWith('anything');
});
