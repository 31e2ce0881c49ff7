import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { decode, encode, secretTexts } from "./properties";
import { autonamingOf, resourceOf, timeoutOf } from "./requests";
import type { ResourceProvider } from "./resourceProvider";
import { checkResponse, diffResponse } from "./responses";
import { unary } from "./unary";

/** The provider protocol over a provider in plain values. */
export function handlers(
  provider: ResourceProvider,
  version: string,
): UntypedServiceImplementation {
  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),

    checkConfig: unary((request: proto.CheckRequest) =>
      checkResponse(provider.checkConfig(decode(request.getNews()))),
    ),

    diffConfig: unary((request: proto.DiffRequest) =>
      diffResponse(
        provider.diffConfig(
          decode(request.getOldInputs() ?? request.getOlds()).values,
          decode(request.getNews()).values,
        ),
      ),
    ),

    configure: unary(async (request: proto.ConfigureRequest) => {
      await provider.configure(decode(request.getArgs()));
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),

    check: unary(async (request: proto.CheckRequest) =>
      checkResponse(
        await provider.check({
          ...resourceOf(request),
          olds: decode(request.getOlds()),
          news: decode(request.getNews()),
          randomSeed: request.getRandomseed_asU8(),
          autonaming: autonamingOf(request),
        }),
      ),
    ),

    diff: unary(
      async (request: proto.DiffRequest) =>
        diffResponse(
          await provider.diff({
            ...resourceOf(request),
            id: request.getId(),
            state: decode(request.getOlds()),
            oldInputs: decode(request.getOldInputs()),
            news: decode(request.getNews()),
          }),
        ),
      (request) => secretTexts(decode(request.getNews())),
    ),

    create: unary(
      async (request: proto.CreateRequest) => {
        const { id, state } = await provider.create({
          ...resourceOf(request),
          inputs: decode(request.getProperties()),
          preview: request.getPreview(),
          timeout: timeoutOf(request),
        });
        const response = new proto.CreateResponse();
        response.setId(id);
        response.setProperties(encode(state));
        return response;
      },
      (request) => secretTexts(decode(request.getProperties())),
    ),

    read: unary(async (request: proto.ReadRequest) => {
      const found = await provider.read({
        ...resourceOf(request),
        id: request.getId(),
        state: decode(request.getProperties()),
        inputs: decode(request.getInputs()),
      });
      // No id says that the resource is gone.
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(encode(found.state));
      response.setInputs(encode(found.inputs));
      return response;
    }),

    update: unary(
      async (request: proto.UpdateRequest) => {
        const { state } = await provider.update({
          ...resourceOf(request),
          id: request.getId(),
          state: decode(request.getOlds()),
          oldInputs: decode(request.getOldInputs()),
          inputs: decode(request.getNews()),
          preview: request.getPreview(),
          timeout: timeoutOf(request),
        });
        return new proto.UpdateResponse().setProperties(encode(state));
      },
      (request) => secretTexts(decode(request.getNews())),
    ),

    delete: unary(async (request: proto.DeleteRequest) => {
      await provider.delete({
        ...resourceOf(request),
        id: request.getId(),
        state: decode(request.getProperties()),
        timeout: timeoutOf(request),
      });
      return new Empty();
    }),

    cancel: unary(() => {
      provider.cancel();
      return new Empty();
    }),

    invoke: unary(
      async (request: proto.InvokeRequest) => {
        if (provider.invoke === undefined) {
          throw new Error(
            `The offline provider has no function ${request.getTok()}: only the official one does.`,
          );
        }
        const answer = await provider.invoke(request.getTok(), decode(request.getArgs()));
        return new proto.InvokeResponse().setReturn(encode(answer));
      },
      (request) => secretTexts(decode(request.getArgs())),
    ),

    construct: unary((request: proto.ConstructRequest) => {
      throw new Error(
        `The offline provider does not make components (${request.getType()}): only the official ` +
          "one does. Declare the objects themselves instead.",
      );
    }),
  };
}
