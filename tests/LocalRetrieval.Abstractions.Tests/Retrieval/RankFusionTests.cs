using System.IO.Compression;
using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class RankFusionTests
{
    private static readonly JsonElement Golden = ReadGolden();

    [Fact]
    public void ReciprocalRank_Cranfield_IsTheReference() =>
        AssertGolden("rrf_k60", (bm25, bi) => RankFusion.ReciprocalRank([Keys(bm25), Keys(bi)]));

    [Fact]
    public void MinMax_Cranfield_IsTheReference() => AssertGolden("min_max_sum", (bm25, bi) => RankFusion.MinMax([bm25, bi]));

    [Fact]
    public void MinMax_WeightsOnCranfield_IsTheReference() =>
        AssertGolden("weighted_min_max_0.3_0.7", (bm25, bi) => RankFusion.MinMax([bm25, bi], [0.3, 0.7]));

    [Fact]
    public void ReciprocalRank_ConstantAndWeights_FollowTheFormula()
    {
        var fused = RankFusion.ReciprocalRank<string>([["a", "b"], ["b", "c"]], 1, [1, 3]);

        Assert.Equal([new("b", (1.0 / 3) + (3.0 / 2)), new("c", 1.0), new ScoredKey<string>("a", 0.5)], fused);
    }

    [Fact]
    public void ReciprocalRank_EqualScores_KeepTheFirstListsOrder() =>
        Assert.Equal(["a", "x", "b", "y"], RankFusion.ReciprocalRank<string>([["a", "b"], ["x", "y"]]).Select(item => item.Key));

    [Fact]
    public void MinMax_EqualScores_BecomeOne() =>
        Assert.Equal([new("a", 1.0), new ScoredKey<string>("b", 1.0)], RankFusion.MinMax<string>([[new("a", 7), new("b", 7)], []]));

    [Fact]
    public void Fusion_NoResults_IsEmpty()
    {
        Assert.Empty(RankFusion.ReciprocalRank<int>([[], []]));
        Assert.Empty(RankFusion.MinMax<int>([]));
    }

    [Fact]
    public void Fusion_BadArguments_Throw()
    {
        Assert.Throws<ArgumentNullException>(() => RankFusion.ReciprocalRank<int>(null!));
        Assert.Throws<ArgumentNullException>(() => RankFusion.MinMax<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFusion.ReciprocalRank<int>([[1]], -1));
        Assert.Throws<ArgumentException>(() => RankFusion.ReciprocalRank<int>([[1]], 60, [1, 2]));
        Assert.Throws<ArgumentException>(() => RankFusion.MinMax<int>([[new(1, 1)]], []));
    }

    [Fact]
    public void Fusion_NullListOrKey_IsRefusedByItsPlace()
    {
        Assert.Contains("list at index 1 is null", Assert.Throws<ArgumentException>("lists", () => RankFusion.ReciprocalRank<string>([["a"], null!])).Message, StringComparison.Ordinal);
        Assert.Contains("list at index 0 is null", Assert.Throws<ArgumentException>("lists", () => RankFusion.MinMax<string>([null!])).Message, StringComparison.Ordinal);
        Assert.Contains("index 1 of list 0 is null", Assert.Throws<ArgumentException>("lists", () => RankFusion.ReciprocalRank<string>([["a", null!]])).Message, StringComparison.Ordinal);
        Assert.Contains("index 0 of list 1 is null", Assert.Throws<ArgumentException>("lists", () => RankFusion.MinMax<string>([[], [default]])).Message, StringComparison.Ordinal);
    }

    private static void AssertGolden(
        string name, Func<ScoredKey<string>[], ScoredKey<string>[], IReadOnlyList<ScoredKey<string>>> fuse)
    {
        int compared = 0;
        foreach (JsonProperty query in Golden.GetProperty("fused").GetProperty(name).EnumerateObject())
        {
            Dictionary<string, double> fused = fuse(Run("bm25", query.Name), Run("bi", query.Name)).ToDictionary(item => item.Key, item => item.Score);
            ScoredKey<string>[] expected = [.. query.Value.EnumerateArray().Select(item => new ScoredKey<string>(item[0].GetString()!, item[1].GetDouble()))];

            // Of equal scores, the reference keeps another order: scores decide.
            Assert.All(expected, item => Assert.Equal(item.Score, fused[item.Key], 1e-4));
            Assert.All(fused.Values.OrderDescending().Zip(expected), pair => Assert.Equal(pair.Second.Score, pair.First, 1e-4));
            compared += expected.Length;
        }

        Assert.True(compared > 200);
    }

    private static string[] Keys(ScoredKey<string>[] run) => [.. run.Select(item => item.Key)];

    private static ScoredKey<string>[] Run(string name, string query) =>
        [.. Golden.GetProperty("runs").GetProperty(name).GetProperty(query).EnumerateObject()
            .Select(item => new ScoredKey<string>(item.Name, item.Value.GetDouble())).OrderByDescending(item => item.Score)];

    private static JsonElement ReadGolden()
    {
        using GZipStream stream = new(File.OpenRead(Checkout.Path("tests", "LocalRetrieval.Abstractions.Tests", "Data", "fusion", "cranfield.json.gz")), CompressionMode.Decompress);
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
