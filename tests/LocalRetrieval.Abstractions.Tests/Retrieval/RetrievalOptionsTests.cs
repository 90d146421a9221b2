using LocalRetrieval.Testing;

namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class RetrievalOptionsTests
{
    [Fact]
    public void Setters_ValuesThatMakeNoSense_AreRefused()
    {
        RetrievalOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Top = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Candidates = -1);
        options.Top = null;
        Assert.Null(options.Top);
    }

    [Fact]
    public void Clone_EveryProperty_IsCopied()
    {
        RetrievalOptions<string> options = new() { Top = 3, Candidates = 7, Rerank = true, MinimumVectorScore = 0.1, MinimumRerankerScore = 0.2, Selection = new() { MaxPerSource = 2 }, Filter = record => record != "" };

        Assert.Empty(OptionsCopy.Faults(options, original => original.Clone()));
        Assert.Empty(OptionsCopy.Faults(new RetrievalOptions { Top = 3, Candidates = 7, Rerank = true, MinimumVectorScore = 0.1, MinimumRerankerScore = 0.2, Selection = new() { MaxPerSource = 2 } }, original => original.Clone()));
    }

    [Fact]
    public void Clone_ThroughTheBaseType_KeepsTheDerivedType()
    {
        RetrievalOptions options = new TenantOptions { Top = 3, Tenant = "a" };

        TenantOptions clone = Assert.IsType<TenantOptions>(options.Clone());

        Assert.Equal((3, "a"), (clone.Top, clone.Tenant));
    }

    [Fact]
    public void ToBaseOptions_DerivedType_IsLeftBehind()
    {
        TenantOptions options = new() { Top = 3, Tenant = "a", Filter = record => record != "" };

        RetrievalOptions<string> plain = options.ToBaseOptions();

        Assert.IsType<RetrievalOptions<string>>(plain);
        Assert.Equal(3, plain.Top);
        Assert.Same(options.Filter, plain.Filter);
    }

    [Fact]
    public void For_OptionsOfTheRecords_AreTheSame()
    {
        TenantOptions options = new();

        Assert.Same(options, options.For<string>());
    }

    [Fact]
    public void For_DerivedTypeOfNoRecords_IsRefused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new RegionOptions().For<string>());

        Assert.Contains("The options are RegionOptions", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class RegionOptions : RetrievalOptions;

    private sealed class TenantOptions : RetrievalOptions<string>
    {
        public TenantOptions()
        {
        }

        private TenantOptions(TenantOptions other)
            : base(other) => Tenant = other.Tenant;

        public string? Tenant { get; set; }

        public override RetrievalOptions<string> Clone() => new TenantOptions(this);
    }
}
