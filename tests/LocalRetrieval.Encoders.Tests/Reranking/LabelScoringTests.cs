using System.Text.Json.Nodes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests.Reranking;

public sealed class LabelScoringTests
{
    private static readonly float[] Logits = [0.5f, -1f, 2f];

    [Theory]
    [InlineData(null, 1, 0.5)]
    [InlineData("torch.nn.modules.linear.Identity", 1, 0.5)]
    [InlineData("torch.nn.modules.activation.Sigmoid", 1, 0.5)]
    [InlineData(null, 2, -1.5)]
    [InlineData("torch.nn.modules.linear.Identity", 2, -1)]
    [InlineData("torch.nn.modules.activation.Sigmoid", 2, -1)]
    [InlineData("torch.nn.modules.activation.Softmax", 2, -1.5)]
    public void Score_Activation_IsTheConfigs(string? activation, int labels, double logit)
    {
        using TemporaryModel model = TestModels.Copy("reranker-two-logits");
        model.Edit("config.json", json =>
        {
            json["id2label"] = null;
            json["sbert_ce_default_activation_function"] = activation;
        });

        (float score, float found) = Read(model, labels).Score(Logits.AsSpan(0, labels));

        bool isIdentity = activation?.EndsWith("Identity", StringComparison.Ordinal) == true;
        Assert.Equal(logit, found, 1e-6);
        Assert.Equal(isIdentity ? logit : 1 / (1 + Math.Exp(-logit)), score, 1e-6);
    }

    [Fact]
    public void Score_Softmax_IsTheLabelsShare()
    {
        using TemporaryModel model = TestModels.Copy("reranker-two-logits");
        model.Edit("config.json", json => json["id2label"] = new JsonObject { ["0"] = "contradiction", ["1"] = "ENTAILMENT", ["2"] = "neutral" });

        (float score, float logit) = Read(model, 3).Score(Logits);

        double share = Math.Exp(-1) / Logits.Sum(value => Math.Exp(value));
        Assert.Equal(share, score, 1e-6);
        Assert.Equal(Math.Log(share / (1 - share)), logit, 1e-5);
    }

    [Fact]
    public void Score_LogitsFarApart_StaysFinite()
    {
        using TemporaryModel model = TestModels.Copy("reranker-two-logits");

        (float score, float logit) = Read(model, 2).Score([400, -400]);

        Assert.Equal(0, score);
        Assert.Equal(-800, logit);
    }

    [Theory]
    [InlineData("config_sentence_transformers.json", """{"activation_fn": "torch.nn.modules.linear.Identity"}""")]
    [InlineData("config.json", """{"sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"}, "sbert_ce_default_activation_function": "torch.nn.modules.activation.Sigmoid"}""")]
    public void Read_SeveralPlacesForTheActivation_TakesTheNewest(string file, string content)
    {
        using TemporaryModel model = TestModels.Copy("reranker-two-logits");
        File.WriteAllText(model.File(file), content);

        Assert.Equal(0.25f, Read(model, 2).Score([4, 0.25f]).Score);
    }

    private static LabelScoring Read(TemporaryModel model, int labels)
    {
        ModelFolder folder = ModelFolder.Open(model.Path);
        return LabelScoring.Read(folder, folder.RequireJson("config.json"), labels, scoreLabel: null);
    }
}
