using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : IMultiVectorScores<TKey>
{
    async ValueTask<IReadOnlyList<double?>> IMultiVectorScores<TKey>.ScoreAsync(
        MultiVectorEmbedding query, IReadOnlyList<TKey> keys, string? vectorProperty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(keys);
        VectorProperty property = FindMultiVector(vectorProperty);
        if (property.FindFault(query) is { } fault)
        {
            throw new ArgumentException($"The query {fault}.", nameof(query));
        }

        // The records are in memory; the interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        TableSnapshot snapshot = GetTable(nameof(IMultiVectorScores<TKey>.ScoreAsync)).Read();
        MaxSimComparison comparison = new(property.Tokens, new MaxSimQuery(property.Tokens, query.Vectors));
        double?[] scores = new double?[keys.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores[i] = Score(snapshot, property, keys[i], comparison);
        }

        return scores;
    }

    private double? Score(TableSnapshot snapshot, VectorProperty property, TKey key, MaxSimComparison comparison) =>
        snapshot.Find(ReadKey(key)) is { } row && row.HasVector(property.Column, property.Slot)
            ? comparison.Score(snapshot.State.GetTokens(property.Column).Find(row.Index))
            : null;

    private VectorProperty FindMultiVector(string? name)
    {
        VectorProperty[] multi = Array.FindAll(_model.Vectors, property => property.IsMulti);
        VectorProperty found = name is null && multi.Length == 1 ? multi[0] : _model.FindVector(name);
        return found.IsMulti ? found : throw new InvalidOperationException($"'{found.Name}' of {_model.RecordType.Name} holds one vector a record, and not several.");
    }
}
