using Microsoft.Extensions.Caching.Memory;

namespace WebRag.Searching;

/// <summary>What is found for who types is kept for a while: people begin alike, and every letter asks.</summary>
internal static class Suggestions
{
    /// <summary>Results are shared by visitors who may see the same: the filter is part of what is kept.</summary>
    public const string Scope = "suggestions";

    private const int MaxResults = 1_000;

    /// <summary>After which nothing is left of what somebody typed.</summary>
    public static TimeSpan Expiration { get; } = TimeSpan.FromMinutes(5);

    public static MemoryCache CreateCache() => new(new MemoryCacheOptions { SizeLimit = MaxResults });
}
