using LocalRetrieval.Testing;

namespace LocalRetrieval.Tests;

/// <summary>A copy of a tiny model without its graph.</summary>
internal sealed class DamagedModel : IDisposable
{
    private readonly TemporaryModel _copy;

    public DamagedModel(string model)
    {
        _copy = new TemporaryModel(System.IO.Path.Combine(AppContext.BaseDirectory, model));
        File.Move(Graph, Graph + ".away");
    }

    public string Path => _copy.Path;

    private string Graph => _copy.File(System.IO.Path.Combine("onnx", "model.onnx"));

    public void Mend() => File.Move(Graph + ".away", Graph);

    public void Dispose() => _copy.Dispose();
}
