/** Lints the templates of Vue components, which oxlint does not read; scripts are oxlint's, and formatting is Prettier's. */
import tsParser from '@typescript-eslint/parser';
import vue from 'eslint-plugin-vue';
import vueParser from 'vue-eslint-parser';

export default [
  ...vue.configs['flat/recommended-error'].map((config) => ({ ...config, files: ['src-renderer/**/*.vue'] })),
  {
    files: ['src-renderer/**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tsParser } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...vue.configs['no-layout-rules'].rules,
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': 'error',
      'vue/define-props-declaration': 'error',
      // Props are typed: one without a default is `undefined`, and its type says so.
      'vue/require-default-prop': 'off',
      'vue/no-unused-refs': 'error',
      'vue/no-useless-mustaches': 'error',
      'vue/no-useless-v-bind': 'error',
      // The page's policy refuses markup that was built from text, and so do we.
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView'] }],
      'vue/prefer-true-attribute-shorthand': 'error',
      'vue/html-button-has-type': 'error',
    },
  },
];
