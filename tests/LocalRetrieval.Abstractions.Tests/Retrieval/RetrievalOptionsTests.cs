using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

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
        Assert.Throws<ArgumentException>(() => options.Conversation = [null!]);
        Assert.Throws<ArgumentException>(() => options.Queries = ["a", " "]);
        Assert.Throws<ArgumentException>(() => options.HypotheticalDocuments = [null!]);
        Assert.Throws<ArgumentException>(() => options.CacheScope = "");
        Assert.Throws<ArgumentException>(() => options.Explain = [null!]);
    }

    [Fact]
    public void Clone_EveryProperty_IsCopied()
    {
        RetrievalOptions<string> options = Fill(new RetrievalOptions<string> { Filter = record => record != "" });

        Assert.Empty(OptionsCopy.Faults(options, original => original.Clone()));
        Assert.Empty(OptionsCopy.Faults(Fill(new RetrievalOptions()), original => original.Clone()));
        Assert.Equal(["other words"], Fill(new RetrievalOptions()).For<string>().Queries!);
    }

    [Fact]
    public void Lists_OfTheCaller_AreCopied()
    {
        List<string> queries = ["a"];
        List<ChatMessage> conversation = [new(ChatRole.User, "a")];
        RetrievalOptions options = new() { Queries = queries, HypotheticalDocuments = queries, Conversation = conversation };

        queries.Add("b");
        conversation.Clear();

        Assert.Equal(["a"], options.Queries);
        Assert.Equal(["a"], options.HypotheticalDocuments);
        Assert.Single(options.Conversation);
    }

    [Fact]
    public void Lists_Empty_AreNone()
    {
        RetrievalOptions options = new() { Queries = [], HypotheticalDocuments = [], Conversation = [] };

        Assert.Equal((null, null, null), (options.Queries, options.HypotheticalDocuments, options.Conversation));
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

    private static T Fill<T>(T options)
        where T : RetrievalOptions
    {
        options.Top = 3;
        options.Candidates = 7;
        options.Rerank = true;
        options.MinimumVectorScore = 0.1;
        options.MinimumRerankerScore = 0.2;
        options.MinimumRelevance = 0.3;
        options.Conversation = [new ChatMessage(ChatRole.User, "before")];
        options.Queries = ["other words"];
        options.HypotheticalDocuments = ["an answer"];
        options.CacheScope = "tenant";
        options.Explain = ["key"];
        options.Selection = new SelectionOptions { MaxPerSource = 2 };
        return options;
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
