using LocalRetrieval.Testing;

namespace LocalRetrieval.Abstractions.Tests.Reranking;

public sealed class RerankingOptionsTests
{
    [Fact]
    public void Setters_ValuesThatMakeNoSense_AreRefused()
    {
        RerankingOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.TopN = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Budget = TimeSpan.Zero);
        options.TopN = null;
        options.Budget = null;
        Assert.Null(options.TopN);
    }

    [Fact]
    public void Clone_EveryProperty_IsCopied()
    {
        RerankingOptions options = new() { TopN = 3, Budget = TimeSpan.FromSeconds(2), AdditionalProperties = new() { ["a"] = 1 } };

        Assert.Empty(OptionsCopy.Faults(options, original => original.Clone()));
        Assert.Empty(OptionsCopy.Faults(new TracedOptions { TopN = 3, Budget = options.Budget, AdditionalProperties = options.AdditionalProperties, Trace = "t" }, original => (TracedOptions)original.Clone()));
    }

    private sealed class TracedOptions : RerankingOptions
    {
        public TracedOptions()
        {
        }

        private TracedOptions(TracedOptions other)
            : base(other) => Trace = other.Trace;

        public string? Trace { get; set; }

        public override RerankingOptions Clone() => new TracedOptions(this);
    }
}
