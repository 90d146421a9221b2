namespace LocalRetrieval.Rag;

/// <summary>A record that a stage found, with the stage's score.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <param name="Record">The record.</param>
/// <param name="Score">The score; higher is better. Scores of different stages do not compare.</param>
public readonly record struct ScoredRecord<TRecord>(TRecord Record, double Score)
    where TRecord : class;
