using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Hosting.Tests.Dashboards;

/// <summary>docs/dashboards/encoders.json asks for what is told, and for all of it.</summary>
public sealed class EncodersDashboardTests
{
    // What a scrape and a histogram add; an error has a type only where there is one.
    private static readonly string[] OtherLabels = ["job", "instance", "le", "error_type"];

    private static readonly JsonElement Dashboard = TestModels.ReadJson(Checkout.Path("docs", "dashboards", "encoders.json"));

    [Fact]
    public async Task Queries_Series_AreThoseOfTheInstruments()
    {
        (Instrument[] instruments, HashSet<string> tags) = await InstrumentsAsync();
        HashSet<string> series = [.. instruments.SelectMany(PrometheusNames.Of)];
        HashSet<string> labels = [.. tags.Select(PrometheusNames.Label), .. OtherLabels];

        Assert.All(Queries().Concat(Variables()), query =>
        {
            Assert.NotEmpty(PromQuery.Series(query));
            Assert.All(PromQuery.Series(query), name => Assert.Contains(name, series));
            Assert.All(PromQuery.Labels(query), label => Assert.Contains(label, labels));
        });
    }

    [Fact]
    public async Task Instruments_Each_IsInAPanel()
    {
        (Instrument[] instruments, _) = await InstrumentsAsync();
        HashSet<string> asked = [.. Queries().SelectMany(PromQuery.Series)];

        Assert.All(instruments, instrument => Assert.True(PrometheusNames.Of(instrument).Any(asked.Contains), $"{instrument.Name} is in no panel."));
        Assert.True(instruments.Length >= 10, $"{instruments.Length} instruments were found.");
    }

    [Fact]
    public void Panels_Each_HasATitleAnExplanationAndAPlaceOfItsOwn()
    {
        JsonElement[] panels = [.. Dashboard.GetProperty("panels").EnumerateArray()];

        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("title").GetString()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => (panel.GetProperty("gridPos").GetProperty("x").GetInt32(), panel.GetProperty("gridPos").GetProperty("y").GetInt32())).Distinct().Count());
    }

    [Theory]
    [InlineData("histogram_quantile(0.5, sum by (le, model) (rate(a_b_bucket{job=~\"x\", model=\"y\"}[5m]))) / c", "a_b_bucket c", "job model le")]
    [InlineData("label_values(a{job=~\"x\"}, instance)", "a", "job instance")]
    public void PromQuery_Names_AreFound(string query, string series, string labels)
    {
        Assert.Equal(series, string.Join(' ', PromQuery.Series(query)));
        Assert.Equal(labels, string.Join(' ', PromQuery.Labels(query)));
    }

    [Fact]
    public void PrometheusNames_KindsAndUnits_AreThoseOfTheExporter()
    {
        using Meter meter = new(nameof(PrometheusNames_KindsAndUnits_AreThoseOfTheExporter));

        Assert.Equal(["a_b_seconds_total"], PrometheusNames.Of(meter.CreateCounter<double>("a.b", "s")));
        Assert.Equal(["a_bytes_bucket", "a_bytes_sum", "a_bytes_count"], PrometheusNames.Of(meter.CreateHistogram<int>("a.bytes", "By")));
        Assert.Equal(["a_ratio"], PrometheusNames.Of(meter.CreateObservableGauge("a", () => 1, "1")));
        Assert.Equal(["a"], PrometheusNames.Of(meter.CreateUpDownCounter<int>("a", "{text}")));
        Assert.Equal(["a_bucket", "a_sum", "a_count"], PrometheusNames.Of(meter.CreateHistogram<int>("a", "1")));
    }

    // Of the encoders' meter all; of the one that others share, what embeddings and rerankings tell.
    private static async Task<(Instrument[] Instruments, HashSet<string> Tags)> InstrumentsAsync()
    {
        ConcurrentDictionary<string, Instrument> instruments = [];
        ConcurrentDictionary<string, bool> tags = [];
        using ServiceProvider services = new ServiceCollection()
            .AddLocalEmbeddings(options => options.Pipeline = builder => builder.UseOpenTelemetry())
            .AddLocalReranker(options => options.Pipeline = builder => builder.UseOpenTelemetry())
            .BuildServiceProvider();
        using MeterListener published = new() { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Name == "LocalRetrieval.Encoders") instruments[instrument.Name] = instrument; } };
        using (new Listeners(name: null, _ => { }, (instrument, _, told) => Note(instrument, told)))
        {
            await services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync(["the chain"]);
            await services.GetRequiredService<ITextReranker>().RerankAsync("the chain", ["is oiled"]);
        }

        published.Start();
        return ([.. instruments.Values], [.. tags.Keys]);

        void Note(Instrument instrument, KeyValuePair<string, object?>[] told)
        {
            if (told.Any(tag => tag.Key == "gen_ai.operation.name" && tag.Value is "embeddings" or "rerank") || instrument.Meter.Name == "LocalRetrieval.Encoders")
            {
                instruments[instrument.Name] = instrument;
                Array.ForEach(told, tag => tags[tag.Key] = true);
            }
        }
    }

    private static IEnumerable<string> Queries() =>
        Dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);

    private static IEnumerable<string> Variables() => Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
        .Where(variable => variable.GetProperty("type").GetString() == "query").Select(variable => variable.GetProperty("query").GetProperty("query").GetString()!);
}
