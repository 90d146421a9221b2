namespace LocalRetrieval;

/// <summary>A record that a keyword search found, and its score.</summary>
/// <typeparam name="TRecord">The type of the record.</typeparam>
/// <param name="Record">The record.</param>
/// <param name="Score">How well the record's words match the query's, above 0; higher is better. Scores of different queries do not compare.</param>
public sealed record KeywordSearchResult<TRecord>(TRecord Record, double Score)
    where TRecord : class;
