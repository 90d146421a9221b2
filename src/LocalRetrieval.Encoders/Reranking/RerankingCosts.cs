using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>What a reranking read.</summary>
/// <param name="Usage">The tokens.</param>
/// <param name="Truncation">What was cut off, by <see cref="EmbeddingPropertyNames"/>; null where nothing was.</param>
internal sealed record RerankingCosts(UsageDetails Usage, AdditionalPropertiesDictionary? Truncation)
{
    /// <summary>These and others together.</summary>
    public RerankingCosts And(RerankingCosts other)
    {
        UsageDetails usage = new();
        usage.Add(Usage);
        usage.Add(other.Usage);
        return new RerankingCosts(usage, Sum(Truncation, other.Truncation));
    }

    private static AdditionalPropertiesDictionary? Sum(AdditionalPropertiesDictionary? first, AdditionalPropertiesDictionary? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        AdditionalPropertiesDictionary sum = new(first);
        foreach ((string name, object? value) in second)
        {
            sum[name] = (long)value! + (sum.TryGetValue(name, out object? before) ? (long)before! : 0);
        }

        return sum;
    }
}
