using System.Text;
using Orleans.Storage;

namespace JikoXpress.Silo.Storage;

/// <summary>What goes to the storage provider and comes from it: a commit's document out, a state's JSON in.</summary>
internal sealed class GrainDocument
{
    public byte[] Bytes { get; init; } = [];

    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>Both are bytes already.</summary>
internal sealed class GrainDocumentSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => input is GrainDocument document
        ? new BinaryData(document.Bytes)
        : throw new ArgumentException("Only documents are kept.", nameof(input));

    public T Deserialize<T>(BinaryData input) =>
        (T)(object)new GrainDocument { Bytes = input.ToArray() };
}
