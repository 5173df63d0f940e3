/** `GET /v1/products` */
export interface ProductsResponse {
  readonly products: readonly {
    readonly product: string;
    readonly firstDay: string;
    readonly lastDay: string;
  }[];
}
