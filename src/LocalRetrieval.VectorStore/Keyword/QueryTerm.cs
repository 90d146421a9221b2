namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A term of a query and what it counts.</summary>
internal readonly record struct QueryTerm<TTerm>(TTerm Term, double Weight)
    where TTerm : notnull;
